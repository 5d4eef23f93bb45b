"""Gate: what stands between an applicant and an approval today, with reasons and a receipt."""

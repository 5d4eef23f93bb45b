"""Desk: deliver into a folder, for units without a system: a spreadsheet or a letter a message.

A message that arrived is a file that is whole: it is written beside its name and then put in its place. The
name is made of the key, so that a message delivered twice is one file.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from creditrules.desk.channels import Address, NotDelivered
from creditrules.desk.message_sheet import sheet_of
from creditrules.desk.messages import Message
from creditrules.desk.whole_files import write_whole


class SpreadsheetFolder:
    """Writes messages as spreadsheets; the target of an address is the folder."""

    suffix = ".xlsx"

    def check(self, address: Address) -> str | None:
        """Say what is wrong with an address: the folder must be there, so that nothing goes astray."""
        return None if address.target and Path(address.target).is_dir() else "there is no such folder"

    def deliver(self, message: Message, address: Address) -> None:
        """Write a message.

        Raises:
            NotDelivered: the folder cannot be written to; a full disk may have room again later.
        """
        path = Path(address.target) / file_name(message, self.suffix)
        try:
            # Sent twice it is not written twice: the unit may have filled it in meanwhile.
            if not path.is_file():
                write_whole(path, self.made(message))
        except OSError as error:
            raise NotDelivered(error.strerror or type(error).__name__) from None

    def made(self, message: Message) -> bytes:
        """Return the bytes of the file."""
        return sheet_of(message)


class LetterFolder(SpreadsheetFolder):
    """Writes messages as Word letters."""

    suffix = ".docx"

    def made(self, message: Message) -> bytes:
        """Return the bytes of the letter."""
        from creditrules.desk.message_letter import letter_of

        return letter_of(message)


def file_name(message: Message, suffix: str) -> str:
    """Return the name of the file of a message: its day, kind and case, and a digest of its key."""
    mark = hashlib.sha256(message.key.encode()).hexdigest()[:10]
    return f"{message.at[:10]}-{message.kind}-{message.data['case']}-{mark}{suffix}"

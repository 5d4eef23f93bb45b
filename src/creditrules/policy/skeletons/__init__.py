"""Policy: skeletons of documents: what an author fills in, valid from the first moment."""

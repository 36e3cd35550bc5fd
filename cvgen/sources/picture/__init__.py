"""Pictures that a profile names: checked, and made as small and as plain as a document needs."""

"""Display words of this wing's pages, as frozen dataclasses for the templates to lay out."""

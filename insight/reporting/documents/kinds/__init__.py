"""The kinds of document, one module each; each registers its kind when it is loaded."""

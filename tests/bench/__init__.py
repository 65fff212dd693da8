"""How fast the product is, as ratios to a floor measured side by side in the same run."""

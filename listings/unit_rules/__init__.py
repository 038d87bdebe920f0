"""Internal rules of a unit: how it decides about its achievements, published edition by edition (单位制度)."""

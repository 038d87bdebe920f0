"""Transformation plans (转化方案): what is to be transferred to whom at what price, and how the unit decided so."""

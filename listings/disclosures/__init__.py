"""Service-invention disclosures (职务科技成果披露): completers tell their unit what they have made, and the unit answers."""

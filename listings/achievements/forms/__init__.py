"""The pages of the achievement form, one per section of the content."""

from listings.achievements.forms.section import SectionForm
from listings.achievements.forms.sections import SECTION_FORMS, section_label

__all__ = ["SECTION_FORMS", "SectionForm", "section_label"]

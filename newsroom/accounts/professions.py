"""Words for what people practise, as they stand under a signature: "Médecin vérifié · Cardiologue"."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Civility(models.TextChoices):
    """How a person is addressed; French usage writes titles without a full stop."""

    MR = "M.", "M."
    MRS = "Mme", "Mme"
    DR = "Dr", "Dr"
    DRE = "Dre", "Dre"
    PR = "Pr", "Pr"
    PRE = "Pre", "Pre"


class Profession(models.TextChoices):
    """Professions; those of the public health code (4th part) can be verified against its register."""

    PHYSICIAN = "physician", _("Physician")
    PHARMACIST = "pharmacist", _("Pharmacist")
    MIDWIFE = "midwife", _("Midwife")
    DENTIST = "dentist", _("Dental surgeon")
    NURSE = "nurse", _("Nurse")
    PHYSIOTHERAPIST = "physiotherapist", _("Physiotherapist")
    STUDENT = "student", _("Health student")
    OTHER = "other", _("Other profession")


class Practice(models.TextChoices):
    """A physician's specialty, as the noun that names its practitioner."""

    GENERAL = "general", _("General practitioner")
    ALLERGOLOGY = "allergology", _("Allergist")
    ANAESTHESIA = "anaesthesia", _("Anaesthetist")
    CARDIOLOGY = "cardiology", _("Cardiologist")
    DERMATOLOGY = "dermatology", _("Dermatologist")
    ENDOCRINOLOGY = "endocrinology", _("Endocrinologist")
    EMERGENCY = "emergency", _("Emergency physician")
    GASTROENTEROLOGY = "gastroenterology", _("Gastroenterologist")
    GERIATRICS = "geriatrics", _("Geriatrician")
    GYNAECOLOGY = "gynaecology", _("Gynaecologist")
    HAEMATOLOGY = "haematology", _("Haematologist")
    INFECTIOUS = "infectious", _("Infectious disease specialist")
    NEPHROLOGY = "nephrology", _("Nephrologist")
    NEUROLOGY = "neurology", _("Neurologist")
    ONCOLOGY = "oncology", _("Oncologist")
    OPHTHALMOLOGY = "ophthalmology", _("Ophthalmologist")
    PAEDIATRICS = "paediatrics", _("Paediatrician")
    PNEUMOLOGY = "pneumology", _("Pulmonologist")
    PSYCHIATRY = "psychiatry", _("Psychiatrist")
    PUBLIC_HEALTH = "public-health", _("Public health physician")
    RADIOLOGY = "radiology", _("Radiologist")
    RHEUMATOLOGY = "rheumatology", _("Rheumatologist")
    SPORTS = "sports", _("Sports physician")
    SURGERY = "surgery", _("Surgeon")


class Assurance(models.IntegerChoices):
    """How sure the house is of a declared profession."""

    NONE = 0, _("Not declared")
    DECLARED = 1, _("Declared")
    VERIFIED = 2, _("Verified")

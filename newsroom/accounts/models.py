"""The one kind of account."""

from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, Permission, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsroom.accounts.professions import Assurance, Civility, Practice, Profession


class UserQuerySet(models.QuerySet["User"]):
    """Which people."""

    def active(self) -> Self:
        """Return the accounts that may sign in."""
        return self.filter(is_active=True)

    def verified_physicians(self) -> Self:
        """Return the physicians whose title the house has verified."""
        return self.filter(profession=Profession.PHYSICIAN, assurance=Assurance.VERIFIED)

    def holding(self, permission: str) -> Self:
        """Return the people of the house who hold the permission ("app.codename"), themselves or by a group."""
        app, _dot, codename = permission.partition(".")
        granted = Permission.objects.filter(content_type__app_label=app, codename=codename)
        holders = Q(is_superuser=True) | Q(user_permissions__in=granted) | Q(groups__permissions__in=granted)
        return self.active().filter(holders, is_staff=True).distinct()


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc] # built by Django
    """Accounts are made with an e-mail address and a password."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create and return an account; without password it cannot sign in until a reset."""
        user: User = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create and return an account that may do everything."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find an account by e-mail, whatever its case."""
        user: User = self.get(email__iexact=username)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account: reader, physician, editor or moderator."""

    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    civility = models.CharField(_("civility"), max_length=4, choices=Civility, blank=True)
    first_name = models.CharField(_("first name"), max_length=60, blank=True)
    last_name = models.CharField(_("last name"), max_length=80, blank=True)
    pseudonym = models.CharField(_("pseudonym"), max_length=40, blank=True)
    profession = models.CharField(_("profession"), max_length=20, choices=Profession, blank=True)
    specialty = models.CharField(_("specialty"), max_length=20, choices=Practice, blank=True)
    assurance = models.PositiveSmallIntegerField(
        _("assurance level"),
        choices=Assurance,
        default=Assurance.NONE,
        help_text=_("How sure the house is of the declared profession."),
    )
    rpps = models.CharField(_("RPPS number"), max_length=11, blank=True)
    shows_presence = models.BooleanField(
        _("shown among the debaters online"),
        default=False,
        help_text=_("Shown to others while taking part in a debate."),
    )
    is_staff = models.BooleanField(_("staff"), default=False, help_text=_("May open the editors' desk."))
    is_active = models.BooleanField(_("active"), default=True)
    joined_at = models.DateTimeField(_("member since"), default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        """What is always true of an account."""

        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="one_account_an_address",
                violation_error_message=_("An account with this address exists already."),
            ),
            models.CheckConstraint(
                name="verified_person_has_a_profession",
                condition=~Q(assurance=Assurance.VERIFIED) | ~Q(profession=""),
            ),
        ]

    def __str__(self) -> str:
        """Return the signature, or the address of somebody who has not given a name."""
        return self.signature or self.email

    @property
    def full_name(self) -> str:
        """Return title, first and last name: "Dre Camille Renaud"."""
        return " ".join(part for part in (self.civility, self.first_name, self.last_name) if part)

    @property
    def signature(self) -> str:
        """Return how the person signs in public: the pseudonym, or title, first name and initial: "Dre Camille R."."""
        if self.pseudonym:
            return self.pseudonym
        initial = f"{self.last_name[0]}." if self.last_name else ""
        title = f"{self.civility}\N{NO-BREAK SPACE}" if self.civility else ""
        return (title + " ".join(part for part in (self.first_name, initial) if part)).strip()

    @property
    def initials(self) -> str:
        """Return one or two capitals for the round portrait."""
        if self.pseudonym:
            return self.pseudonym[:2].upper()
        return (self.first_name[:1] + self.last_name[:1]).upper() or self.email[:1].upper()

    @property
    def is_verified_physician(self) -> bool:
        """Say whether the house has verified that the person is a physician."""
        return self.profession == Profession.PHYSICIAN and self.assurance == Assurance.VERIFIED

    @property
    def is_verified_professional(self) -> bool:
        """Say whether the house has verified a health profession (students and others are none)."""
        return self.assurance == Assurance.VERIFIED and self.profession not in {
            "",
            Profession.STUDENT,
            Profession.OTHER,
        }

    @property
    def title_line(self) -> str:
        """Return the words beside the signature: "Médecin vérifié · Cardiologue"; empty when nothing is declared."""
        if self.is_verified_physician:
            words = [gettext("Verified physician")]
            if self.specialty:
                words.append(self.get_specialty_display())
            return " · ".join(words)
        if not self.profession:
            return ""
        if self.assurance == Assurance.VERIFIED:
            return gettext("%(profession)s, verified") % {"profession": self.get_profession_display()}
        return gettext("%(profession)s, title not verified") % {"profession": self.get_profession_display()}

    def get_full_name(self) -> str:
        """Return the full name (the admin asks for it)."""
        return self.full_name or self.email

    def get_short_name(self) -> str:
        """Return the signature (the admin asks for it)."""
        return str(self)

    def clean(self) -> None:
        """Keep the address in one form."""
        super().clean()
        self.email = User.objects.normalize_email(self.email)

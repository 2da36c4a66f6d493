"""The house's groups, and how an app's migration grants them its permissions."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.migrations.operations.special import RunPython
from django.utils.translation import gettext_lazy as _

EDITOR = "editor"
EDITOR_IN_CHIEF = "editor in chief"
MODERATOR = "moderator"
HEAD_OF_MODERATION = "head of moderation"
ADMINISTRATOR = "administrator"
GROUPS = (EDITOR, EDITOR_IN_CHIEF, MODERATOR, HEAD_OF_MODERATION, ADMINISTRATOR)
LABELS = {
    EDITOR: _("Editor"),
    EDITOR_IN_CHIEF: _("Editor in chief"),
    MODERATOR: _("Moderator"),
    HEAD_OF_MODERATION: _("Head of moderation"),
    ADMINISTRATOR: _("Administrator"),
}


def grants(app_label: str, by_group: Mapping[str, Mapping[str, Sequence[str]]]) -> RunPython:
    """Return a reversible migration operation that grants permissions of one app to groups.

    ``by_group`` maps a group to {model name: [codename prefix or whole codename]}: "view", "add", "change" and
    "delete" mean Django's own permission for the model, anything longer is taken as it is. Permission rows are
    made here if Django has not made them yet (it does so only after the last migration).
    """

    def grant(apps: Any, schema_editor: Any) -> None:
        for group_name, permission in _permissions(apps, schema_editor, app_label, by_group):
            _group(apps, schema_editor, group_name).permissions.add(permission)

    def revoke(apps: Any, schema_editor: Any) -> None:
        for group_name, permission in _permissions(apps, schema_editor, app_label, by_group):
            _group(apps, schema_editor, group_name).permissions.remove(permission)

    return RunPython(grant, revoke, elidable=False)


def _group(apps: Any, schema_editor: Any, name: str) -> Any:
    return apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias).get_or_create(name=name)[0]


def _permissions(apps: Any, schema_editor: Any, app_label: str, by_group: Any) -> Any:
    alias = schema_editor.connection.alias
    types = apps.get_model("contenttypes", "ContentType").objects.using(alias)
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    for group_name, by_model in by_group.items():
        for model, codenames in by_model.items():
            content_type, _made = types.get_or_create(app_label=app_label, model=model)
            for word in codenames:
                codename = f"{word}_{model}" if word in {"view", "add", "change", "delete"} else word
                yield (
                    group_name,
                    permissions.get_or_create(
                        content_type=content_type,
                        codename=codename,
                        defaults={"name": codename.replace("_", " ").capitalize()},
                    )[0],
                )

"""Commands of the vault's keys: make a new master key, seal anew, retire an old one, destroy a witness's key."""

import click
from flask.cli import AppGroup

from vctestimony.cli.at_hand import says_why, units
from vctestimony.services import destroying, vault_rotation

vault_group = AppGroup("vault", help="Keys of the vault. The service may run meanwhile.")
GROUPS = (vault_group,)


@vault_group.command("rotate")
@says_why
def rotate() -> None:
    """Make a new master key, and wrap and seal with it everything that the older ones hold."""
    key_id = units().ports.master_keys.add()
    click.echo(f"The new key {key_id} is in the file; every running process takes it from there.")
    _rewrapped()


@vault_group.command("rewrap")
@says_why
def rewrap() -> None:
    """Bring everything to the keys it should have; goes on where an earlier run stopped."""
    _rewrapped()


@vault_group.command("keys")
@says_why
def keys() -> None:
    """The master keys of the file, oldest first, and what each still holds. No key itself is shown."""
    for key_id in units().ports.master_keys.ids():
        with units().reading() as unit:
            found = vault_rotation.uses(unit, key_id)
        click.echo(f"{key_id}: {', '.join(f'{table} {count}' for table, count in found.items()) or 'nothing'}")


@vault_group.command("retire")
@click.argument("key_id", metavar="ID")
@says_why
def retire(key_id: str) -> None:
    """Take the master key ID out of the file; refused while anything needs it."""
    vault_rotation.retire(units(), key_id)
    click.echo(f"The key {key_id} is no longer in the file. Older backups of the database still need it.")


@vault_group.command("destroy")
@click.argument("reference", metavar="WITNESS")
@click.option("--order", required=True, help="The court's order: its number and date.")
@click.option("--reason", required=True, help="Why; names nobody.")
@click.confirmation_option(prompt="This can never be undone. Destroy the key?")
@says_why
def destroy(reference: str, order: str, reason: str) -> None:
    """Destroy the key of a witness (W-…): nobody can read her identity again, here or in any backup."""
    key = destroying.destroy_by_command(units(), reference, order_reference=order, reason=reason)
    click.echo(f"The key is destroyed. The certificate is on the pages of administration, under {key}.")


def _rewrapped() -> None:
    count = vault_rotation.rewrap(units())
    click.echo(f"{count} rows were sealed or wrapped anew. Nothing more is to be done.")

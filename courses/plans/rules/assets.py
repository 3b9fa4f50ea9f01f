"""Fixed assets (section 6): what they cost, what they lose in worth, when they are paid."""

from collections.abc import Iterable, Sequence

from courses.plans.rules.figures import MONTHS, NOTHING, Asset, Decimal, Twelve, divided, percent_of, yuan
from courses.plans.rules.tables import added, in_month, row, total


def amount(asset: Asset) -> Decimal:
    """What all pieces of it cost, yuan: a printed cell."""
    return yuan(asset.quantity * asset.unit_price)


def yearly_loss(asset: Asset) -> Decimal:
    """Depreciation of a year: the amount without its residual worth, in equal parts over its years of use. A printed cell.

    Nothing for what does not lose worth (`life` 0, land).
    """
    if asset.life <= 0:
        return NOTHING
    price = amount(asset)
    return yuan(divided(price - percent_of(price, asset.residual_pct), asset.life))


def investment(assets: Iterable[Asset]) -> Decimal:
    """All that is spent on fixed assets: the sum of the printed amounts."""
    return yuan(total(amount(asset) for asset in assets))


def depreciation_year(assets: Iterable[Asset]) -> Decimal:
    """The sum of the printed yearly losses."""
    return yuan(total(yearly_loss(asset) for asset in assets))


def depreciation_month(assets: Iterable[Asset]) -> Decimal:
    """A twelfth of the year's depreciation: the cell of every month in the cost plan, whenever the asset is paid."""
    return yuan(divided(depreciation_year(assets), MONTHS))


def payments(assets: Sequence[Asset]) -> Twelve:
    """What is paid for assets month by month: each in the month in which it is paid."""
    return added(row(asset.row, in_month(amount(asset), asset.paid_in)) for asset in assets)

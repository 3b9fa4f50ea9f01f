"""One piece: what it costs, and what is left of its price."""

from courses.plans.rules.figures import NOTHING, Decimal, divided, yuan


def unit_cost(material: Decimal, labour: Decimal = NOTHING, indirect: Decimal = NOTHING) -> Decimal:
    """Cost of one piece: direct material, direct labour and its part of the indirect cost, yuan."""
    return yuan(material + labour + indirect)


def indirect_by_sales(price: Decimal, indirect: Decimal, sales: Decimal) -> Decimal | None:
    """The indirect cost of one piece when each yuan of sales bears the same; None without sales."""
    return yuan(divided(price * indirect, sales)) if sales > 0 else None


def markup(price: Decimal, cost: Decimal) -> Decimal | None:
    """What is put on the cost, in per cent of the cost (two decimals); None where nothing is spent."""
    return yuan(divided((price - cost) * 100, cost)) if cost > 0 else None


def margin(price: Decimal, cost: Decimal) -> Decimal | None:
    """What is left of the price, in per cent of the price (two decimals); None where it is given away."""
    return yuan(divided((price - cost) * 100, price)) if price > 0 else None

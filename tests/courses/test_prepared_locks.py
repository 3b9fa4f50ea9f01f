"""A prepared query that locks asks for a transaction each time. By itself: a module with a scene is in one already."""

import pytest
from django.db import connection, transaction

from courses.people.models import Organisation
from courses.prepared import Prepared


@pytest.mark.django_db(transaction=True)
def test_a_lock_needs_a_transaction_also_the_second_time():
    prepared = Prepared(lambda pk: Organisation.objects.select_for_update().filter(pk=pk), int)
    with transaction.atomic():
        assert prepared(1) == []
    if connection.features.has_select_for_update:
        assert "FOR UPDATE" in prepared._made[connection.vendor].sql
    with pytest.raises(transaction.TransactionManagementError):
        prepared(1)

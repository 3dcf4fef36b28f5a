"""No way of writing a private address gets past the guard."""

from ipaddress import IPv4Address, IPv6Address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samtale.core.outside import is_allowed, is_public

PRIVATE = (
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "224.0.0.0/4",
    "240.0.0.0/4",
)
WRAPPED = {
    "mapped": lambda number: 0xFFFF << 32 | number,
    "6to4": lambda number: 0x2002 << 112 | number << 80,
    "NAT64": lambda number: 0x64FF9B << 96 | number,
    "Teredo": lambda number: 0x20010000 << 96 | 0x0808_0808 << 64 | (number ^ 0xFFFFFFFF),
}

private_numbers = st.sampled_from(PRIVATE).flatmap(
    lambda network: st.integers(int(ip_network(network)[0]), int(ip_network(network)[-1]))
)


@given(private_numbers)
def test_private_addresses_are_not_public(number: int):
    assert not is_public(str(IPv4Address(number)))


@pytest.mark.parametrize("way", WRAPPED)
@given(private_numbers)
def test_nor_are_they_inside_an_ipv6_address(way: str, number: int):
    assert not is_public(str(IPv6Address(WRAPPED[way](number))))


INWARD = (
    *("::/128", "::1/128", "fc00::/7", "fe80::/10", "ff00::/8"),
    *("fec0::/10", "64:ff9b:1::/48", "::/96", "::ffff:0:0:0/96"),
)


@given(st.sampled_from(INWARD), st.randoms())
def test_private_ipv6_addresses_are_not_public(network: str, random):
    found = ip_network(network)
    address = IPv6Address(random.randint(int(found[0]), int(found[-1])))
    assert not is_public(str(address))
    assert not is_public(f"{address}%eth0")


@pytest.mark.parametrize("address", ["8.8.8.8", "193.212.1.10", "2001:4860:4860::8888", "::ffff:8.8.8.8"])
def test_public_ones_are(address: str):
    assert is_public(address)


@given(private_numbers)
def test_a_listed_network_is_allowed_and_no_other(number: int):
    from django.test import override_settings

    address = str(IPv4Address(number))
    inside = IPv4Address(number) in ip_network("10.0.0.0/8")
    with override_settings(CALENDAR_ALLOWED_HOSTS=["10.0.0.0/8"]):
        assert is_allowed("cloud.example.org", address) == inside
        assert is_allowed("cloud.example.org", f"::ffff:{address}") == inside

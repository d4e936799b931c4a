"""The words the generated shop is written with: invented surnames, common first names, real cities.

Surnames are put together from a stem and an ending in the flavour of a country, so that no row is about a real person.
Every flavour has FIRST_NAMES first names per gender and SURNAMES surnames, so that a name is found by arithmetic.
"""

import unicodedata
from typing import NamedTuple

GENDERS = ("female", "male")
FIRST_NAMES = 16
SURNAMES = 96

FEMALE = {
    "german": "Anna Clara Emilia Frieda Greta Hanna Ida Jana Katrin Lena Marie Nina Paula Sabine Theresa Ute",
    "french": "Adèle Camille Chloé Élise Fanny Inès Jeanne Léa Louise Manon Margaux Nathalie Océane Pauline Sophie Zoé",
    "english": "Alice Beth Charlotte Daisy Ella Freya Grace Holly Isla Jessica Lucy Megan Olivia Poppy Ruby Sarah",
    "italian": "Alessia Bianca Chiara Elisa Franca Giulia Ilaria Laura Lucia Marta Noemi Paola Rosa Sara Silvia Zita",
    "spanish": "Alba Beatriz Carmen Daniela Elena Inés Irene Julia Laura Lucía Marina Nuria Paula Rocío Sara Sofía",
    "dutch": "Anouk Britt Carlijn Daan-Lotte Eline Femke Floor Hanneke Iris Jolijn Lieke Lotte Maud Nienke Roos Sanne",
    "polish": "Agata Alicja Barbara Dorota Ewa Hanna Iga Joanna Kasia Lena Magda Nadia Ola Pola Renata Zofia",
    "nordic": "Alma Astrid Ebba Elsa Freja Hedda Ingrid Josefin Karin Linnea Maja Nora Saga Signe Tuva Ylva",
}
MALE = {
    "german": "Anton Bernd Carl Emil Felix Georg Hannes Jonas Karl Leon Moritz Nils Oskar Paul Stefan Theo",
    "french": "Adrien Baptiste Clément Étienne Fabien Gaël Hugo Jules Léo Louis Mathis Nicolas Olivier Paul Théo Yann",
    "english": "Adam Ben Charlie Daniel Edward Finn George Harry Isaac Jack Leo Max Noah Oliver Sam Tom",
    "italian": "Alessio Bruno Carlo Dario Elia Fabio Giorgio Ivan Leonardo Luca Marco Nicola Paolo Pietro Sandro Tito",
    "spanish": "Adrián Álvaro Bruno Carlos Diego Enrique Gonzalo Hugo Iván Jorge Luis Manuel Mateo Pablo Raúl Sergio",
    "dutch": "Bas Bram Daan Erik Floris Gijs Hidde Jasper Koen Lars Maarten Niels Pim Ruben Sjoerd Thijs",
    "polish": "Adam Bartek Cezary Dawid Filip Grzegorz Igor Jakub Kamil Leon Marek Oskar Piotr Rafał Szymon Tomasz",
    "nordic": "Anders Björn Elias Emil Filip Gustav Henrik Isak Johan Kasper Lars Magnus Nils Oskar Rasmus Viktor",
}
STEMS = {
    "german": "Ahorn Birken Dorn Eschen Falken Grau Hasel Kiesel Linden Moor Roten Silber",
    "french": "Aubé Bellor Chardin Duran Fontain Garan Laval Mirel Noisel Parvin Roche Valmor",
    "english": "Ash Birch Cold Dun Elder Fair Green Hart Marsh Oak Thorn Wither",
    "italian": "Albar Bell Cavall Dorat Fior Gallin Lavor Mont Nerin Pastor Rossell Verdon",
    "spanish": "Alam Barr Cort Dorad Fuent Gallard Llan Marqu Olivar Palom Robled Salin",
    "dutch": "Berken Dijk Eiken Groen Haver Klaver Linde Molen Noorder Polder Veen Wilgen",
    "polish": "Bartn Brzoz Czern Dąbr Gór Jasień Kalin Lipn Modrz Olsz Sosn Wierzb",
    "nordic": "Alm Berg Björk Ek Fjäll Gran Hög Lind Norr Sjö Sten Älv",
}
ENDINGS = {
    "german": "bach berger hauser kamp mann rath stett wald",
    "french": "ac aud eau elle ette ier in oux",
    "english": "bourne by combe field ham ley well wick",
    "italian": "acci ani ato elli etti ini oni ucci",
    "spanish": "a al ales ano edo ero illo uela",
    "dutch": "aar beek berg hof huis man stra veld",
    "polish": "acz ak ek icz iak owicz ski yk",
    "nordic": "berg by dahl gren holm lund man qvist",
}
FLAVOURS = tuple(STEMS)


class Country(NamedTuple):
    """A country the shop delivers to: its share of customers, its flavours of names, its cities as (city, region)."""

    name: str
    share: float
    flavour: str
    cities: tuple[tuple[str, str], ...]


def _country(name: str, share: float, flavour: str, cities: str) -> Country:
    pairs = (place.strip().split(":") for place in cities.split(","))
    return Country(name, share, flavour, tuple((city, region) for city, region in pairs))


# Larger cities come first: people are drawn towards the front of the list.
COUNTRIES = (
    _country(
        "Germany",
        0.23,
        "german",
        "Berlin:Berlin, Hamburg:Hamburg, Munich:Bavaria, Cologne:North Rhine-Westphalia, Leipzig:Saxony, Kassel:Hesse",
    ),
    _country(
        "France",
        0.15,
        "french",
        "Paris:Île-de-France, Lyon:Auvergne-Rhône-Alpes, Lille:Hauts-de-France, Nantes:Pays de la Loire, Nice:Provence",
    ),
    _country(
        "United Kingdom",
        0.14,
        "english",
        "London:England, Manchester:England, Glasgow:Scotland, Cardiff:Wales, Bristol:England, Leeds:England",
    ),
    _country(
        "Italy", 0.09, "italian", "Rome:Lazio, Milan:Lombardy, Turin:Piedmont, Bologna:Emilia-Romagna, Bari:Apulia"
    ),
    _country("Spain", 0.09, "spanish", "Madrid:Madrid, Barcelona:Catalonia, Valencia:Valencia, Seville:Andalusia"),
    _country("Netherlands", 0.07, "dutch", "Amsterdam:North Holland, Rotterdam:South Holland, Utrecht:Utrecht"),
    _country("Poland", 0.06, "polish", "Warsaw:Masovia, Kraków:Lesser Poland, Gdańsk:Pomerania, Wrocław:Lower Silesia"),
    _country("Austria", 0.05, "german", "Vienna:Vienna, Graz:Styria, Linz:Upper Austria, Salzburg:Salzburg"),
    _country("Sweden", 0.04, "nordic", "Stockholm:Stockholm, Gothenburg:Västra Götaland, Malmö:Scania"),
    _country("Belgium", 0.03, "dutch", "Antwerp:Flanders, Ghent:Flanders, Brussels:Brussels"),
    _country("Switzerland", 0.03, "german", "Zurich:Zurich, Bern:Bern, Basel:Basel-Stadt"),
    _country("Denmark", 0.02, "nordic", "Copenhagen:Capital Region, Aarhus:Central Denmark, Odense:Southern Denmark"),
)


def first_names() -> list[str]:
    """First names at ``(flavour * 2 + gender) * FIRST_NAMES + i``, gender as in GENDERS."""
    return [name for flavour in FLAVOURS for words in (FEMALE, MALE) for name in words[flavour].split()]


def surnames() -> list[str]:
    """Surnames at ``flavour * SURNAMES + i``."""
    return [
        stem + ending for flavour in FLAVOURS for stem in STEMS[flavour].split() for ending in ENDINGS[flavour].split()
    ]


def plain(name: str) -> str:
    """The name as it stands in an e-mail address: lower case letters a to z and hyphens."""
    letters = unicodedata.normalize("NFKD", name.lower().replace("ł", "l").replace("ß", "ss"))
    return letters.encode("ascii", "ignore").decode()

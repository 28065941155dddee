"""Writes the tables of the zeta core, ``rust/anet-zeta/src/tables.rs``, to the standard output.

Needs mpmath; takes a few seconds. Five things are computed here, at 120 digits, and rounded once:

* the Taylor coefficients of the corrections C_n of the Riemann-Siegel formula, from Gabcke's recursion (1979);
* the weights that interpolate a band-limited function between its samples, by least squares over the band;
* the coefficients of the Euler-Maclaurin formula, B_2j / (2j)!;
* the coefficients of the inverse hyperbolic tangent, twice, in two doubles each;
* a polynomial for the sine.
"""

from __future__ import annotations

from mpmath import bernoulli, binomial, cos, eulernum, factorial, matrix, mp, mpf, pi, sin, sqrt

mp.dps = 120

#: Corrections C_0 to C_10, each as this many coefficients of z^0, z^2, ... or z^1, z^3, ...
CORRECTIONS, TERMS = 11, 32
#: Samples that a value is interpolated from, the degree of their weights in its place, and the band in turns a sample.
SAMPLES, DEGREE, BAND = 40, 13, mpf("0.26")
#: Bernoulli numbers B_2 to B_2n.
BERNOULLI = 30


def quotient(numerator: list[mpf], denominator: list[mpf]) -> list[mpf]:
    """Divide power series."""
    out: list[mpf] = []
    for n, value in enumerate(numerator):
        out.append((value - sum(denominator[n - k] * out[k] for k in range(n))) / denominator[0])
    return out


def leading_correction(order: int) -> list[mpf]:
    """Return the Taylor coefficients of F(z) = cos(pi/2 (z^2 + 3/4)) / cos(pi z)."""
    cosine, shifted = [mpf(0)] * order, [mpf(0)] * order
    for k in range(order):
        if k % 2 == 0:
            cosine[k] = (-1) ** (k // 2) * pi**k / factorial(k)
            half = k // 2
            phase = cos(3 * pi / 8 + half * pi / 2)  # the derivatives of cos turn by a quarter
            shifted[k] = (pi / 2) ** half * phase / factorial(half)
    return quotient(shifted, cosine)


def gabcke(count: int) -> list[list[mpf]]:
    """Return d_k^(n) for n < count."""
    lambdas = [mpf(1)]
    for m in range(count // 4 + 1):
        terms = (2 ** (4 * j + 1) * abs(eulernum(2 * j + 2)) * lambdas[m - j] for j in range(m + 1))
        lambdas.append(sum(terms) / (m + 1))
    rows = [[mpf(1)]]
    for n in range(1, count):
        before, row = rows[-1], []
        for k in range(3 * n // 4 + 1):
            same = before[k] if k < len(before) else 0
            lower = before[k - 1] if k else 0
            row.append((3 * n - 1 - 4 * k) * (3 * n - 2 - 4 * k) * same + lower)
        if n % 4 == 0:
            row[3 * n // 4] = lambdas[n // 4]
        rows.append(row)
    return rows


def corrections() -> list[list[mpf]]:
    """Return every second Taylor coefficient of each C_n.

    C_n(z) = (-1)^n 4^-n sum_k d_k^(n) F^(3n - 4k)(z) / (pi^(2n - 2k) (3n - 4k)!).
    """
    taylor = leading_correction(2 * TERMS + 3 * CORRECTIONS + 2)
    out = []
    for n, row in enumerate(gabcke(CORRECTIONS)):
        powers = range(n % 2, 2 * TERMS, 2)
        coefficients = []
        for m in powers:
            total = mpf(0)
            for k, d in enumerate(row):
                j = 3 * n - 4 * k
                total += d * taylor[m + j] * binomial(m + j, j) / pi ** (2 * n - 2 * k)
            coefficients.append((-1) ** n * total / mpf(4) ** n)
        out.append(coefficients)
    return out


def weights(x: mpf, solve) -> list[mpf]:
    """Return the weights of the samples for a value at x in 0..1, best in the mean square over the band."""
    omega = 2 * pi * BAND
    return solve([kernel(omega, k - x) for k in range(1 - SAMPLES // 2, SAMPLES // 2 + 1)])


def kernel(omega: mpf, distance: mpf) -> mpf:
    """Return the integral of cos(w distance) over |w| < omega, halved."""
    return sin(omega * distance) / distance if distance else omega


def solver():
    """Return a function that solves the normal equations."""
    omega = 2 * pi * BAND
    normal = matrix(SAMPLES, SAMPLES)
    for i in range(SAMPLES):
        for j in range(SAMPLES):
            normal[i, j] = kernel(omega, mpf(i - j))
    inverse = normal**-1
    return lambda right: list(inverse * matrix(right))


def interpolation() -> list[list[mpf]]:
    """Return, for each sample, the coefficients of its weight as a polynomial in u = 2x - 1."""
    solve = solver()
    nodes = [cos(pi * (2 * i + 1) / (2 * (DEGREE + 1))) for i in range(DEGREE + 1)]
    values = [weights((node + 1) / 2, solve) for node in nodes]
    vandermonde = matrix(DEGREE + 1, DEGREE + 1)
    for i, node in enumerate(nodes):
        for j in range(DEGREE + 1):
            vandermonde[i, j] = node**j
    inverse = vandermonde**-1
    return [list(inverse * matrix([row[k] for row in values])) for k in range(SAMPLES)]


def slope() -> list[mpf]:
    """Return the weights of the derivative at x = 0 of the samples 1, 2, ..., less those of -1, -2, ..."""
    omega = 2 * pi * BAND
    half = SAMPLES // 2
    normal, right = matrix(half, half), []
    for i in range(1, half + 1):
        for j in range(1, half + 1):
            normal[i - 1, j - 1] = kernel(omega, mpf(i - j)) - kernel(omega, mpf(i + j))
        # The integral of w sin(w i) over 0..omega.
        right.append(sin(omega * i) / mpf(i) ** 2 - omega * cos(omega * i) / i)
    return list(normal**-1 * matrix(right))


def wave(function, order: int) -> list[mpf]:
    """Return coefficients of r^0, r^2, ... of function(pi r) on |r| <= 1/2, through the Chebyshev points of r^2."""
    nodes = [(1 + cos(pi * (2 * i + 1) / (2 * order))) / 8 for i in range(order)]
    vandermonde = matrix(order, order)
    for i, node in enumerate(nodes):
        for j in range(order):
            vandermonde[i, j] = node**j
    return list(vandermonde**-1 * matrix([function(pi * sqrt(node)) for node in nodes]))


def pair(value: mpf) -> list[mpf]:
    """Split a number into a double and what rounding left out."""
    high = mpf(float(value))
    return [high, value - high]


def literal(value: mpf) -> str:
    """Write a double as Rust does."""
    text = repr(float(value) if abs(value) > mpf(10) ** -60 else 0.0)
    return text if "e" in text or "." in text else text + ".0"


def table(name: str, doc: str, rows: list[list[mpf]]) -> str:
    """Write a two-dimensional table."""
    body = "".join("    [\n" + "".join(f"        {literal(v)},\n" for v in row) + "    ],\n" for row in rows)
    return f"/// {doc}\npub(crate) const {name}: [[f64; {len(rows[0])}]; {len(rows)}] = [\n{body}];\n"


def line(name: str, doc: str, row: list[mpf]) -> str:
    """Write a one-dimensional table."""
    body = "".join(f"    {literal(v)},\n" for v in row)
    return f"/// {doc}\npub(crate) const {name}: [f64; {len(row)}] = [\n{body}];\n"


def main() -> None:
    """Write them all."""
    columns = interpolation()
    half = SAMPLES // 2
    # Sample half - 1 - i lies i below the cell, sample half + i above it: their weights mirror each other.
    even = [[columns[half + i][2 * j] for j in range((DEGREE + 1) // 2)] + [mpf(0)] for i in range(half)]
    odd = [[columns[half + i][2 * j + 1] for j in range((DEGREE + 1) // 2)] + [mpf(0)] for i in range(half)]
    print("//! Constants computed by `tools/zeta_tables.py`, which documents from what and how.\n")
    print("#![allow(clippy::excessive_precision, clippy::unreadable_literal, clippy::approx_constant)]\n")
    print(
        table(
            "CORRECTIONS",
            "Coefficients of z^0, z^2, ... of C_0, C_2, ... and of z^1, z^3, ... of C_1, C_3, ...",
            corrections(),
        )
    )
    print(
        table(
            "EVEN_WEIGHTS",
            "Coefficients of u^0, u^2, ... of the weight of the i-th sample above a cell; 0 fills the lanes.",
            even,
        )
    )
    print(table("ODD_WEIGHTS", "Coefficients of u^1, u^3, ... of the same.", odd))
    middle = [column[0] for column in columns[half:]]
    print(line("HALF_WAY", "The weights half-way between samples: of the i-th sample above, and below.", middle))
    print(
        line("SLOPE_WEIGHTS", "The weights of the derivative at a sample: of the i-th above, less that below.", slope())
    )
    sine = wave(lambda x: pi * sin(x) / x, 10)
    print(line("SINE", "sin(pi x) / x as a polynomial in x^2, for |x| <= 1/2.", sine))
    series = [(-1) ** k * pi ** (2 * k + 1) / factorial(2 * k + 1) for k in range(14)]
    long_sine = [pair(c) for c in series]
    print(table("LONG_SINE", "The Taylor series of sin(pi r) / r in r^2, each in two doubles.", long_sine))
    print(
        table(
            "ARTANH",
            "2 / (2n + 1) for n = 0, 1, ..., each in two doubles.",
            [pair(mpf(2) / (2 * n + 1)) for n in range(22)],
        )
    )
    print(
        line(
            "BERNOULLI",
            "B_2j / (2j)! for j = 1, 2, ...",
            [bernoulli(2 * j) / factorial(2 * j) for j in range(1, BERNOULLI + 1)],
        ),
        end="",
    )


if __name__ == "__main__":
    main()

"""The demo of the seed: every fiftieth row of the zeta trace, as a table."""

from __future__ import annotations

from rh_sparse_anomaly import anomaly_trace_from_rh


def main() -> None:
    """Print the table."""
    print("idx\tcombined\tper-scale")
    for i, combined, per_scale in anomaly_trace_from_rh(scales=(64, 256))[::50]:
        scores = ", ".join(f"{scale}:{score:.3f}" for scale, score in per_scale.items())
        print(f"{i}\t{combined:.3f}\t\t{scores}")


if __name__ == "__main__":
    main()

"""Logistic regression, the only thing that is learned here; deterministic on one machine."""

from __future__ import annotations

import zlib
from base64 import b64encode
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import expit

from bot.domain.assessment.linear import BINS, Block

_LARGEST = 127


def matrix(rows: list[list[Block]]) -> csr_matrix:
    """The features of many things, one a row."""
    places, values, ends = [], [], [0]
    for blocks in rows:
        for weight, found in blocks:
            places.extend(found)
            values.extend([weight] * len(found))
        ends.append(len(places))
    made = csr_matrix(
        (np.array(values), np.array(places, np.int32), np.array(ends, np.int32)),
        shape=(len(rows), BINS),
    )
    made.sum_duplicates()
    return made


def fit_table(found: csr_matrix, truth: np.ndarray, counts: np.ndarray, freedom: float) -> Any:
    """Weights (BINS + 1, labels), the biases last. `counts`: how much each row counts."""
    return _fit(found, found.T.tocsr(), truth, counts[:, None], freedom, rounds=60)


def fit_layer(measures: np.ndarray, truth: np.ndarray, freedom: float) -> Any:
    """Weights (measures + 1, labels) for unscaled measures; fitted on scaled ones."""
    middle, width = measures.mean(0), measures.std(0) + 1e-3
    scaled = (measures - middle) / width
    fitted = _fit(scaled, scaled.T, truth, np.ones((len(truth), 1)), freedom, rounds=300)
    unscaled = fitted[:-1] / width[:, None]
    return np.vstack([unscaled, fitted[-1] - middle @ unscaled])


def odds(weights: Any, rows: csr_matrix | np.ndarray) -> np.ndarray:
    """Probabilities by a table or a layer, one row a thing."""
    return expit(rows @ weights[:-1] + weights[-1])


def pack_table(weights: Any, labels: tuple[str, ...]) -> dict[str, Any]:
    """A table as the weights file holds it: 8 bits a weight."""
    scales = np.maximum(np.abs(weights[:-1]).max(0) / _LARGEST, 1e-9)
    small = np.rint(weights[:-1] / scales).astype(np.int8).T
    return {
        "labels": list(labels),
        "scales": [float(f"{each:.6g}") for each in scales],
        "biases": [round(float(each), 4) for each in weights[-1]],
        "weights": b64encode(zlib.compress(small.tobytes(), 9)).decode(),
    }


def pack_layer(weights: Any, labels: tuple[str, ...]) -> dict[str, Any]:
    """A layer as the weights file holds it."""
    return {
        "labels": list(labels),
        "biases": [round(float(each), 4) for each in weights[-1]],
        "weights": [[round(float(each), 4) for each in row] for row in weights[:-1].T],
    }


def _fit(
    rows: Any, columns: Any, truth: np.ndarray, counts: np.ndarray, freedom: float, rounds: int
) -> Any:
    shape = (rows.shape[1] + 1, truth.shape[1])
    signs = 2 * truth - 1

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.reshape(shape)
        margins = signs * (rows @ weights[:-1] + weights[-1])
        slopes = -signs * expit(-margins) * counts * freedom
        total = (
            freedom * (np.logaddexp(0, -margins) * counts).sum() + (weights[:-1] ** 2).sum() / 2
        )
        slope = np.vstack([columns @ slopes + weights[:-1], slopes.sum(0)])
        return total, slope.ravel()

    start = np.zeros(shape[0] * shape[1])
    return minimize(
        loss, start, jac=True, method="L-BFGS-B", options={"maxiter": rounds}
    ).x.reshape(shape)

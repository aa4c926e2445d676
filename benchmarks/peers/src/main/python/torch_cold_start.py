"""The training of `lariat train breast_cancer.csv --target benign --no-compare` in PyTorch.

One process from the import to the written model and history, without a report: for benchmarks/cold-start.

    python3 torch_cold_start.py DATA.csv FOLDER
"""

import csv
import os
import sys

import torch

EPOCHS = 15
BATCH = 128
LAMBDA = 0.001


def read(path):
    with open(path, newline="") as file:
        rows = csv.reader(file)
        target = next(rows).index("benign")
        table = torch.tensor([[float(cell) for cell in row] for row in rows])
    features = [i for i in range(table.shape[1]) if i != target]
    return table[:, features], table[:, target : target + 1]


def network(features):
    layers = [torch.nn.Linear(features, 128), torch.nn.Linear(128, 64), torch.nn.Linear(64, 1)]
    for layer in layers:
        torch.nn.init.xavier_uniform_(layer.weight)
        torch.nn.init.zeros_(layer.bias)
    relu = torch.nn.ReLU()
    return torch.nn.Sequential(layers[0], relu, layers[1], relu, layers[2]), layers[:2]


def main(path, folder):
    torch.manual_seed(42)
    x, y = read(path)
    split = int(len(x) * 0.9)
    mean, deviation = x[:split].mean(0), x[:split].std(0, unbiased=False)
    x = (x - mean) / deviation
    model, penalised = network(x.shape[1])
    loss_of = torch.nn.BCEWithLogitsLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001, eps=1e-7)
    history = []
    for epoch in range(1, EPOCHS + 1):
        order = torch.randperm(split)
        total = 0.0
        for batch in order.split(BATCH):
            optimizer.zero_grad()
            data_loss = loss_of(model(x[batch]), y[batch])
            loss = data_loss + LAMBDA * sum(layer.weight.abs().sum() for layer in penalised)
            loss.backward()
            optimizer.step()
            total += data_loss.item() * len(batch)
        with torch.no_grad():
            logits = model(x[split:])
            validation = loss_of(logits, y[split:]).item()
            accuracy = ((logits > 0) == (y[split:] > 0.5)).float().mean().item()
        history.append([epoch, total / split, validation, accuracy])
    os.makedirs(folder, exist_ok=True)
    torch.save(model.state_dict(), os.path.join(folder, "model.pt"))
    with open(os.path.join(folder, "history.csv"), "w", newline="") as file:
        csv.writer(file).writerows([["epoch", "loss", "val_loss", "val_accuracy"], *history])
    if not history[-1][3] > 0.9:
        sys.exit(f"torch_cold_start: accuracy {history[-1][3]}, not above 0.9")


main(sys.argv[1], sys.argv[2])

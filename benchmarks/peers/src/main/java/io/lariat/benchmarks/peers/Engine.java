package io.lariat.benchmarks.peers;

import io.lariat.backend.PenaltyMethod;
import java.nio.file.Path;
import java.util.Arrays;

/** What is compared. */
enum Engine {
  /** The library itself, with the mathematics of its peers. */
  LARIAT("lariat", "Lariat", true, true, true),
  /** Its default penalty method, which does more: soft thresholds that make exact zeros. */
  LARIAT_PROXIMAL("lariat-proximal", "Lariat, proximal", true, false, false),
  /** TensorFlow Java. */
  TENSORFLOW("tensorflow", "TensorFlow Java", true, true, false),
  /** The same kept on one core, which saves it waking the other. */
  TENSORFLOW_PINNED("tensorflow-pinned", "TensorFlow Java, on one core", true, true, false),
  /** DJL with PyTorch, its usual training loop. */
  DJL("djl", "DJL with PyTorch", true, false, false),
  /** PyTorch through DJL, a TorchScript module. */
  TORCHSCRIPT("torchscript", "PyTorch by TorchScript in DJL", true, true, false),
  /** PyTorch in Python. */
  PYTHON("python", "PyTorch in Python", true, false, false),
  /** ONNX Runtime. */
  ONNXRUNTIME("onnxruntime", "ONNX Runtime", false, true, false),
  /** oneDNN's matrix product. */
  ONEDNN("onednn", "oneDNN", false, false, true),
  /** OpenBLAS's matrix product. */
  OPENBLAS("openblas", "OpenBLAS", false, false, true);

  private final String id;
  private final String title;
  private final boolean trains;
  private final boolean predicts;
  private final boolean multiplies;

  Engine(String id, String title, boolean trains, boolean predicts, boolean multiplies) {
    this.id = id;
    this.title = title;
    this.trains = trains;
    this.predicts = predicts;
    this.multiplies = multiplies;
  }

  /** The engine of that name. */
  static Engine of(String id) {
    return Arrays.stream(values())
        .filter(e -> e.id.equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no engine is called '" + id + "'"));
  }

  /** The name by which it is selected. */
  String id() {
    return id;
  }

  /** What the table calls it. */
  String title() {
    return title;
  }

  /** Whether it is timed in this case on so many threads. */
  boolean runs(BenchmarkCase c, int threads) {
    boolean can =
        switch (c) {
          case TrainingCase t -> trains;
          case PredictionCase p -> predicts;
          case ProductCase p -> multiplies;
        };
    return can && c.threads().contains(threads) && (threads == 1 || !isPinned());
  }

  /** Whether its process is kept on one core. */
  boolean isPinned() {
    return this == TENSORFLOW_PINNED;
  }

  /** How penalties enter its updates. */
  PenaltyMethod penaltyMethod() {
    return this == LARIAT_PROXIMAL ? PenaltyMethod.PROXIMAL : PenaltyMethod.SUBGRADIENT;
  }

  /**
   * Makes it ready for a case, in this process.
   *
   * @param c the case
   * @param threads on how many threads
   * @param folder where {@link WorkFolder#module} may be
   * @throws AbsentException if it is not installed
   */
  Peer open(BenchmarkCase c, int threads, WorkFolder folder) {
    return switch (c) {
      case TrainingCase t -> trainer(t, threads, folder.module());
      case PredictionCase p -> predictor(p, folder.module());
      case ProductCase p -> multiplier(p, Factors.of(p));
    };
  }

  private TrainingPeer trainer(TrainingCase c, int threads, Path module) {
    return switch (this) {
      case LARIAT, LARIAT_PROXIMAL -> new LariatTraining(c, "simd", penaltyMethod(), threads);
      case TENSORFLOW, TENSORFLOW_PINNED -> new TensorFlowTraining(c, threads);
      case DJL -> new DjlTraining(c);
      case TORCHSCRIPT -> new TorchScriptTraining(c, module);
      case PYTHON, ONNXRUNTIME, ONEDNN, OPENBLAS -> throw new IllegalArgumentException(id);
    };
  }

  private PredictionPeer predictor(PredictionCase c, Path module) {
    return switch (this) {
      case LARIAT -> new LariatPrediction(c);
      case TENSORFLOW, TENSORFLOW_PINNED -> new TensorFlowPrediction(c);
      case TORCHSCRIPT -> new TorchScriptPrediction(c, module);
      case ONNXRUNTIME -> new OnnxPrediction(c);
      case LARIAT_PROXIMAL, DJL, PYTHON, ONEDNN, OPENBLAS -> throw new IllegalArgumentException(id);
    };
  }

  private ProductPeer multiplier(ProductCase c, Factors factors) {
    return switch (this) {
      case LARIAT -> new LariatProduct(c, factors);
      case ONEDNN -> new OneDnnProduct(c, factors);
      case OPENBLAS -> new OpenBlasProduct(c, factors);
      case LARIAT_PROXIMAL, TENSORFLOW, TENSORFLOW_PINNED, DJL, TORCHSCRIPT, PYTHON, ONNXRUNTIME ->
          throw new IllegalArgumentException(id);
    };
  }
}

package io.lariat.cuda;

/** Says which GPU and which cuBLAS the backend uses here, for {@code gpu-check}. */
final class GpuReport {
  private GpuReport() {}

  /** Prints a line; the exit status is 1 if no GPU can be used, and the line is why. */
  public static void main(String[] args) {
    CudaProvider provider = new CudaProvider();
    String reason = provider.unavailableReason();
    if (reason != null) {
      System.err.println(reason);
      System.exit(1);
    }
    System.out.println(provider.details());
  }
}

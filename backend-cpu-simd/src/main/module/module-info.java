/** The SIMD backend, on the Vector API. */
module io.lariat.simd {
  requires static org.jspecify;
  requires io.lariat.core;
  requires jdk.incubator.vector;

  provides io.lariat.backend.BackendProvider with
      io.lariat.simd.SimdProvider;
}

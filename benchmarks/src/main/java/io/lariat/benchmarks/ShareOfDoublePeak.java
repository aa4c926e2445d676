package io.lariat.benchmarks;

import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** As {@link ShareOfPeak}, of what one core can do with doubles. */
@State(Scope.Thread)
public class ShareOfDoublePeak extends ShareOfPeak {
  @Override
  double peak() {
    return DoubleFmaPeak.measure(60);
  }
}

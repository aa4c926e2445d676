/**
 * Coverage-guided fuzzing of what reads files. Targets are the classes named {@code *Fuzz} beside
 * what they try; each takes bytes, and throws for anything but the exceptions that the readers
 * document. {@link io.lariat.fuzz.CorpusTest} tries all that fuzzing has found worth keeping.
 */
@NullMarked
package io.lariat.fuzz;

import org.jspecify.annotations.NullMarked;

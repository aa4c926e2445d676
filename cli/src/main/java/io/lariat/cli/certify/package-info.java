/** {@code lariat certify}: {@code CertifyCommand}. */
@NullMarked
package io.lariat.cli.certify;

import org.jspecify.annotations.NullMarked;

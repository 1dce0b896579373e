/** Makes certificates for tests and trials: authorities, servers, clients, revocation lists. */
@NullMarked
package dev.midge.net.tls.make;

import org.jspecify.annotations.NullMarked;

/** Certificates and private keys in PEM files, encrypted keys too. */
@NullMarked
package dev.midge.net.tls.pem;

import org.jspecify.annotations.NullMarked;

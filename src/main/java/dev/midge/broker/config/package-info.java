/**
 * The values of a broker's configuration that its inner rooms read, too: limits and the files of
 * TLS.
 */
@NullMarked
package dev.midge.broker.config;

import org.jspecify.annotations.NullMarked;

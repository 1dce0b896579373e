/**
 * Payloads that are Protocol Buffers, as JSON text and back: {@code .proto} files and descriptor
 * sets are read when midge runs, and no code is made of them. Sparkplug B is one of these.
 */
@NullMarked
package dev.midge.view.proto;

import org.jspecify.annotations.NullMarked;

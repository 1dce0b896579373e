/** Payloads that are binary forms of JSON: CBOR and MessagePack, as JSON text and back. */
@NullMarked
package dev.midge.view.binary;

import org.jspecify.annotations.NullMarked;

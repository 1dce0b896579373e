/** Bytes into packets and packets into bytes, one codec for each kind. */
@NullMarked
package dev.midge.mqtt.codec;

import org.jspecify.annotations.NullMarked;

/** Control packets as values, and mosquitto's lines about them. */
@NullMarked
package dev.midge.mqtt.packet;

import org.jspecify.annotations.NullMarked;

/** The values of MQTT: messages, properties, topics, reason codes. */
@NullMarked
package dev.midge.mqtt;

import org.jspecify.annotations.NullMarked;

/** The engine that wraps Eclipse Paho's MQTT 5 client, and all that touches Paho. */
@NullMarked
package dev.midge.client.paho;

import org.jspecify.annotations.NullMarked;

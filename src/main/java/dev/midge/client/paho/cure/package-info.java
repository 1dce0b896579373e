/** Cures of packets that Paho's MQTT 5 client gets wrong, one class a defect. */
@NullMarked
package dev.midge.client.paho.cure;

import org.jspecify.annotations.NullMarked;

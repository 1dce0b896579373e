package dev.midge.client;

import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Qos;

/**
 * What {@code pub} sends, apart from the payloads.
 *
 * @param properties those of each PUBLISH
 * @param disconnectProperties those of DISCONNECT
 */
public record PublishSpec(
    String topic,
    Qos qos,
    boolean retain,
    Properties properties,
    Properties disconnectProperties) {}

package dev.midge.cli.help;

import dev.midge.mqtt.Property;
import dev.midge.mqtt.Property.Place;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The names of the properties that {@code -D} takes. */
final class PropertyNames {
  private PropertyNames() {}

  /** Returns them by the packets, as {@code -D} names these. */
  static Map<String, List<String>> byPacket() {
    Map<String, Integer> places = new LinkedHashMap<>();
    places.put("connect", Place.CONNECT);
    places.put("publish", Place.PUBLISH);
    places.put("will", Place.WILL);
    places.put("subscribe", Place.SUBSCRIBE);
    places.put("unsubscribe", Place.UNSUBSCRIBE);
    places.put("disconnect", Place.DISCONNECT);
    Map<String, List<String>> names = new LinkedHashMap<>();
    places.forEach((packet, place) -> names.put(packet, in(place)));
    return names;
  }

  private static List<String> in(int place) {
    return Arrays.stream(Property.values())
        .filter(property -> property.allowedIn(place))
        // The broker's word: only messages that it sends have it.
        .filter(property -> place != Place.PUBLISH || property != Property.SUBSCRIPTION_IDENTIFIER)
        .map(Property::propertyName)
        .toList();
  }
}

package dev.midge.peers;

import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;

/** Properties in the words of Paho's mqttv5, and back. */
final class PahoProperties {
  private PahoProperties() {}

  static List<UserProperty> user(Properties properties) {
    List<UserProperty> user = new ArrayList<>();
    for (Properties.Entry entry : properties.entries()) {
      if (entry.value() instanceof Properties.Pair pair) {
        user.add(new UserProperty(pair.key(), pair.value()));
      }
    }
    return user;
  }

  static MqttProperties to(Properties properties) {
    MqttProperties paho = new MqttProperties();
    paho.setUserProperties(user(properties));
    for (Properties.Entry entry : properties.entries()) {
      Object value = entry.value();
      switch (entry.property()) {
        case PAYLOAD_FORMAT_INDICATOR -> paho.setPayloadFormat((Long) value == 1);
        case MESSAGE_EXPIRY_INTERVAL -> paho.setMessageExpiryInterval((Long) value);
        case CONTENT_TYPE -> paho.setContentType((String) value);
        case RESPONSE_TOPIC -> paho.setResponseTopic((String) value);
        case CORRELATION_DATA -> paho.setCorrelationData((byte[]) value);
        case SUBSCRIPTION_IDENTIFIER -> paho.setSubscriptionIdentifier(((Long) value).intValue());
        case SESSION_EXPIRY_INTERVAL -> paho.setSessionExpiryInterval((Long) value);
        case WILL_DELAY_INTERVAL -> paho.setWillDelayInterval((Long) value);
        case REASON_STRING -> paho.setReasonString((String) value);
        case USER_PROPERTY -> {}
        default -> throw new IllegalArgumentException("not with Paho: " + entry);
      }
    }
    return paho;
  }

  /** In the order of the identifiers. */
  static Properties from(MqttProperties paho) {
    Properties.Builder properties = Properties.builder();
    if (paho == null) {
      return properties.build();
    }
    if (paho.getPayloadFormat()) {
      properties.add(Property.PAYLOAD_FORMAT_INDICATOR, 1);
    }
    add(properties, Property.MESSAGE_EXPIRY_INTERVAL, paho.getMessageExpiryInterval());
    add(properties, Property.CONTENT_TYPE, paho.getContentType());
    add(properties, Property.RESPONSE_TOPIC, paho.getResponseTopic());
    add(properties, Property.CORRELATION_DATA, paho.getCorrelationData());
    for (Integer identifier : paho.getSubscriptionIdentifiers()) {
      properties.add(Property.SUBSCRIPTION_IDENTIFIER, identifier.longValue());
    }
    add(properties, Property.SESSION_EXPIRY_INTERVAL, paho.getSessionExpiryInterval());
    add(properties, Property.ASSIGNED_CLIENT_IDENTIFIER, paho.getAssignedClientIdentifier());
    add(properties, Property.SERVER_KEEP_ALIVE, paho.getServerKeepAlive());
    for (UserProperty user : paho.getUserProperties()) {
      properties.userProperty(user.getKey(), user.getValue());
    }
    return properties.build();
  }

  private static void add(Properties.Builder properties, Property property, Object value) {
    if (value instanceof Integer number) {
      properties.add(property, number.longValue());
    } else if (value != null) {
      properties.add(property, value);
    }
  }
}

package dev.midge.client.paho;

import dev.midge.client.ConnectSpec;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.Will;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;

/** Turns our values into Paho's. */
final class PahoValues {
  private PahoValues() {}

  /** Returns the options of CONNECT. */
  static MqttConnectionOptions options(ConnectSpec spec) {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setCleanStart(spec.cleanStart());
    options.setKeepAliveInterval(spec.keepAlive());
    options.setUserName(spec.username());
    options.setPassword(spec.password());
    Will will = spec.will();
    if (will != null) {
      Message message = will.message();
      options.setWill(message.topic(), message(message, false));
      options.setWillMessageProperties(properties(message.properties()));
    }
    List<UserProperty> userProperties = new ArrayList<>();
    for (Properties.Entry entry : spec.properties().entries()) {
      Object value = entry.value();
      switch (entry.property()) {
        case SESSION_EXPIRY_INTERVAL -> options.setSessionExpiryInterval((Long) value);
        case RECEIVE_MAXIMUM -> options.setReceiveMaximum(number(value));
        case TOPIC_ALIAS_MAXIMUM -> options.setTopicAliasMaximum(number(value));
        case REQUEST_RESPONSE_INFORMATION -> options.setRequestResponseInfo(number(value) != 0);
        case REQUEST_PROBLEM_INFORMATION -> options.setRequestProblemInfo(number(value) != 0);
        case AUTHENTICATION_METHOD -> options.setAuthMethod((String) value);
        case AUTHENTICATION_DATA -> options.setAuthData((byte[]) value);
        case USER_PROPERTY -> userProperties.add(userProperty(value));
        default -> {
          // Our maximum packet size, with which Paho would limit what it sends.
        }
      }
    }
    options.setUserProperties(userProperties);
    return options;
  }

  /** Returns a message to be published. */
  static MqttMessage message(Message message, boolean dup) {
    MqttMessage ofPaho =
        new MqttMessage(
            message.payload(),
            message.qos().level(),
            message.retain(),
            properties(message.properties()));
    ofPaho.setDuplicate(dup);
    return ofPaho;
  }

  /** Returns subscriptions. */
  static MqttSubscription[] subscriptions(List<Subscription> subscriptions) {
    MqttSubscription[] ofPaho = new MqttSubscription[subscriptions.size()];
    for (int i = 0; i < ofPaho.length; i++) {
      Subscription subscription = subscriptions.get(i);
      ofPaho[i] = new MqttSubscription(subscription.filter(), subscription.qos().level());
      ofPaho[i].setNoLocal(subscription.noLocal());
      ofPaho[i].setRetainAsPublished(subscription.retainAsPublished());
      ofPaho[i].setRetainHandling(subscription.retainHandling());
    }
    return ofPaho;
  }

  /** Returns the properties of any packet but CONNECT, or those of the will. */
  static MqttProperties properties(Properties properties) {
    MqttProperties ofPaho = new MqttProperties();
    List<UserProperty> userProperties = new ArrayList<>();
    for (Properties.Entry entry : properties.entries()) {
      Object value = entry.value();
      switch (entry.property()) {
        case PAYLOAD_FORMAT_INDICATOR -> ofPaho.setPayloadFormat(number(value) != 0);
        case MESSAGE_EXPIRY_INTERVAL -> ofPaho.setMessageExpiryInterval((Long) value);
        case CONTENT_TYPE -> ofPaho.setContentType((String) value);
        case RESPONSE_TOPIC -> ofPaho.setResponseTopic((String) value);
        case CORRELATION_DATA -> ofPaho.setCorrelationData((byte[]) value);
        case SUBSCRIPTION_IDENTIFIER -> ofPaho.setSubscriptionIdentifier(number(value));
        case SESSION_EXPIRY_INTERVAL -> ofPaho.setSessionExpiryInterval((Long) value);
        case WILL_DELAY_INTERVAL -> ofPaho.setWillDelayInterval((Long) value);
        case SERVER_REFERENCE -> ofPaho.setServerReference((String) value);
        case REASON_STRING -> ofPaho.setReasonString((String) value);
        case TOPIC_ALIAS -> ofPaho.setTopicAlias(number(value));
        case USER_PROPERTY -> userProperties.add(userProperty(value));
        default -> throw new IllegalArgumentException(name(entry.property()));
      }
    }
    ofPaho.setUserProperties(userProperties);
    return ofPaho;
  }

  private static String name(Property property) {
    return property.propertyName();
  }

  private static int number(Object value) {
    return ((Long) value).intValue();
  }

  private static UserProperty userProperty(Object value) {
    Properties.Pair pair = (Properties.Pair) value;
    return new UserProperty(pair.key(), pair.value());
  }
}

package io.github.rdkafka.internal.config;

import io.github.rdkafka.internal.security.OAuthBearerTokenSource;
import io.github.rdkafka.internal.security.SaslCredentialsSource;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Utils;

/**
 * What a client hands to librdkafka: properties in the order in which to set them, later ones
 * winning, and the objects that must answer librdkafka while the client lives.
 *
 * <p>Immutable. It holds secrets as text: use it to create the native configuration and let it go.
 * Whoever takes it owns {@link #oauthBearer()} and {@link #saslCredentials()} and closes them, also
 * when creating the client fails; see {@link #closeSources()}.
 */
public final class NativeConfig {
  private final List<NativeProperty> properties;
  private final boolean groupIdIsSynthetic;
  private final OAuthBearerTokenSource oauthBearer;
  private final SaslCredentialsSource saslCredentials;

  /** Properties alone: no made-up group, no sources. */
  public NativeConfig(List<NativeProperty> properties) {
    this(properties, false, null, null);
  }

  NativeConfig(
      List<NativeProperty> properties,
      boolean groupIdIsSynthetic,
      OAuthBearerTokenSource oauthBearer,
      SaslCredentialsSource saslCredentials) {
    this.properties = List.copyOf(properties);
    this.groupIdIsSynthetic = groupIdIsSynthetic;
    this.oauthBearer = oauthBearer;
    this.saslCredentials = saslCredentials;
  }

  public List<NativeProperty> properties() {
    return properties;
  }

  /**
   * The value that wins for a property by exactly this librdkafka name (aliases are not followed).
   */
  public Optional<String> value(String name) {
    return properties.reversed().stream()
        .filter(property -> property.name().equals(name))
        .map(NativeProperty::value)
        .findFirst();
  }

  /**
   * Whether the user configured no group: librdkafka then runs with a made-up {@code group.id},
   * which must not become visible, and nothing may be committed.
   */
  public boolean groupIdIsSynthetic() {
    return groupIdIsSynthetic;
  }

  /** The tokens for SASL/OAUTHBEARER, when Java code provides them. */
  public Optional<OAuthBearerTokenSource> oauthBearer() {
    return Optional.ofNullable(oauthBearer);
  }

  /**
   * User name and password for SASL/PLAIN and SCRAM, when the user's callback handler gives them.
   */
  public Optional<SaslCredentialsSource> saslCredentials() {
    return Optional.ofNullable(saslCredentials);
  }

  /** Closes the sources, logging what they throw. */
  public void closeSources() {
    Utils.closeQuietly(oauthBearer, "OAUTHBEARER token source");
    Utils.closeQuietly(saslCredentials, "SASL credentials source");
  }

  @Override
  public String toString() {
    return "NativeConfig" + properties;
  }
}

module org.example.modules {
  requires io.github.rdkafka;
}

import java.io.IOException;

class Main {
    private int current;
    private int record;

    void accept(int b) {
        int lower = b | 0x20;
        if (lower < 'a' || lower > 'z') {
            current = 0;
            return;
        }
        current++;
        if (record < current) {
            record = current;
        }
    }

    public static void main(String[] args) throws IOException {
        Main meter = new Main();
        int b;
        while ((b = System.in.read()) != -1) {
            if (b == '\n') {
                break;
            }
            meter.accept(b);
        }
        System.out.println(meter.record);
    }
}

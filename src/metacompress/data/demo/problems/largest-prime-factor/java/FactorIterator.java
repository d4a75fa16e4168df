import java.nio.charset.StandardCharsets;
import java.util.Iterator;

class Main implements Iterator<Integer> {
    private int rest;
    private int trial = 2;

    Main(int number) {
        rest = number;
    }

    @Override
    public boolean hasNext() {
        return rest > 1;
    }

    @Override
    public Integer next() {
        while (rest % trial != 0) {
            trial = trial > rest / trial ? rest : trial + 1;
        }
        rest /= trial;
        return trial;
    }

    public static void main(String[] args) throws java.io.IOException {
        byte[] all = System.in.readAllBytes();
        int number = Integer.parseInt(new String(all, StandardCharsets.US_ASCII).trim());
        int last = 1;
        for (Main factors = new Main(number); factors.hasNext(); ) {
            last = factors.next();
        }
        System.out.println(last);
    }
}

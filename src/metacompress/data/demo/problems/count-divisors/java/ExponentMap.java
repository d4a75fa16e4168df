import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Map;
import java.util.TreeMap;

class Main {
    static Map<Integer, Integer> factorize(int n) {
        Map<Integer, Integer> exponents = new TreeMap<>();
        for (int p = 2; p <= n / p; p++) {
            while (n % p == 0) {
                exponents.merge(p, 1, Integer::sum);
                n /= p;
            }
        }
        if (n > 1) exponents.merge(n, 1, Integer::sum);
        return exponents;
    }

    public static void main(String[] args) throws IOException {
        var reader = new BufferedReader(new InputStreamReader(System.in));
        int n = Integer.parseInt(reader.readLine().trim());
        int divisorCount = n == 0 ? 0 : 1;
        for (int e : factorize(n).values()) {
            divisorCount *= e + 1;
        }
        System.out.println(divisorCount);
    }
}

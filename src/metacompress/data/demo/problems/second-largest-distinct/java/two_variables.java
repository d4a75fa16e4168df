import java.util.Scanner;

class Main {
    static int secondLargest(int[] values) {
        int largest = -1;
        int second = -1;
        for (int v : values) {
            if (v == largest || v <= second) continue;
            if (v > largest) {
                second = largest;
                largest = v;
            } else {
                second = v;
            }
        }
        return second;
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int n = in.nextInt();
        int[] values = new int[n];
        for (int i = 0; i < n; i++) {
            values[i] = in.nextInt();
        }
        System.out.println(secondLargest(values));
    }
}

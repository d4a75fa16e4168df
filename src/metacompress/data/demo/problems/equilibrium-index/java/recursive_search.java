import java.util.Scanner;

class Main
{
    private static int firstEquilibrium(int[] data, int at, int left, int right)
    {
        if (at == data.length)
            return -1;
        // `right` still includes the element under the finger
        int rest = right - data[at];
        return left == rest ? at : firstEquilibrium(data, at + 1, left + data[at], rest);
    }

    public static void main(String[] args)
    {
        try (Scanner in = new Scanner(System.in))
        {
            int size = in.nextInt();
            int[] data = new int[size];
            int sum = 0;
            for (int k = 0; k < size; ++k)
            {
                data[k] = in.nextInt();
                sum += data[k];
            }
            System.out.println(firstEquilibrium(data, 0, 0, sum));
        }
    }
}
